// What Keycloak 26.7.3's templates leave out for people who listen to a page or have no mouse, added without copying the templates.
document.addEventListener("DOMContentLoaded", () => {
  const all = (selector) => [...document.querySelectorAll(selector)];

  // An error stands below its field; the field does not say so. The outermost element is there before its text comes.
  for (const error of all("[id^='input-error-']").filter((element) => !element.parentElement.closest("[id^='input-error-']"))) {
    const field = error.closest(".pf-v5-c-form__group")?.querySelector("input:not([type=hidden]), select, textarea");
    field?.setAttribute("aria-describedby", error.id);
  }

  // Labels of login-config-totp.ftl name a field that is not there.
  for (const label of all("label[for]").filter((label) => !label.control)) {
    const field = label.closest(".pf-v5-c-form__group")?.querySelector("input:not([type=hidden])");
    if (field) {
      label.htmlFor = field.id;
    }
  }

  // logout-confirm.ftl numbers its button, which puts it before the language; login-reset-otp.ftl numbers labels.
  for (const numbered of all("[tabindex]").filter((element) => element.tabIndex > 0 || element.localName === "label")) {
    numbered.removeAttribute("tabindex");
  }

  // login-otp.ftl: one of several devices is chosen with the mouse alone, and which one is chosen at first does not show.
  const devices = all("div[id^='kc-otp-credential-']");
  const chosen = document.getElementById("selectedCredentialId");
  const showChosen = () => {
    for (const device of devices) {
      const isChosen = device.getAttribute("onclick").includes(`'${chosen.value}'`);
      device.classList.toggle("pf-m-selected", isChosen);
      device.setAttribute("aria-pressed", isChosen);
    }
  };
  for (const device of devices) {
    device.setAttribute("role", "button");
    device.tabIndex = 0;
    device.addEventListener("click", showChosen);
  }
  showChosen();

  // Those, and the ways to sign in of select-authenticator.ftl, are buttons in name alone.
  for (const button of all("div[role=button]")) {
    button.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        button.click();
      }
    });
  }

  // A message at the top is read out when it is there. That of login-recovery-authn-code-config.ftl is called "Warning alert" in
  // every language.
  for (const message of all(".pf-v5-c-alert")) {
    message.setAttribute("role", message.classList.contains("pf-m-danger") ? "alert" : "status");
    message.removeAttribute("aria-label");
    message.querySelector(".pf-screen-reader")?.remove();
  }

  // Below the title of a page there is one level of headings; login-oauth-grant.ftl begins with the third, others with the fourth.
  for (const heading of all("main :is(h3, h4)")) {
    heading.setAttribute("aria-level", 2);
  }
});
