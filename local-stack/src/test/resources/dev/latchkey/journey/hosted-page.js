// What is wrong with the page at hand, a line for each finding. Evaluated by HostedPage; axe-core looks for the rest.
(language) => {
  const findings = [];
  const name = (element) => element.tagName.toLowerCase() + (element.id ? "#" + element.id : "");
  const isVisible = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const all = (selector) => [...document.querySelectorAll(selector)].filter(isVisible);

  // WCAG 2.2, "relative luminance" and "contrast ratio".
  const rgba = (color) => {
    const numbers = color.match(/[\d.]+/g).map(Number);
    return [...numbers.slice(0, 3), numbers[3] ?? 1];
  };
  const over = (top, bottom) => [0, 1, 2].map((i) => top[i] * top[3] + bottom[i] * (1 - top[3]));
  const luminance = (color) => {
    const [r, g, b] = color.map((value) => value / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };
  const ground = (element) => {
    if (!element) {
      return [255, 255, 255];
    }
    const own = rgba(getComputedStyle(element).backgroundColor);
    return own[3] === 1 ? own.slice(0, 3) : over(own, ground(element.parentElement));
  };
  const contrast = (element, property, least, what) => {
    const behind = ground(property === "color" ? element : element.parentElement);
    const found = ratio(over(rgba(getComputedStyle(element)[property]), behind), behind);
    if (found < least) {
      findings.push(`contrast ${found.toFixed(2)} of at least ${least}: ${what}`);
    }
  };

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (texts.currentNode.data.trim() && element.closest("script, style, template, option") === null && isVisible(element)) {
      contrast(element, "color", 4.5, `text '${texts.currentNode.data.trim()}'`);
    }
  }
  const fields = all("input:not([type=hidden]), select, textarea");
  for (const field of fields) {
    contrast(field, "color", 4.5, `text of ${name(field)}`);
    const outlined = field.closest(".pf-v5-c-form-control");
    if (outlined) {
      contrast(outlined, "borderBlockStartColor", 3, `outline of ${name(field)}`);
    }
    const label = [...(field.labels ?? [])].map((l) => l.textContent).join("") + (field.ariaLabel ?? "");
    if (!label.trim() && !["submit", "button"].includes(field.type)) {
      findings.push(`no label: ${name(field)}`);
    }
  }
  for (const error of all("[id^='input-error-'] .pf-m-error, [id^='input-error-'].pf-m-error")) {
    const isDescribed = (field) =>
      (field.getAttribute("aria-describedby") ?? "").split(" ").some((id) => document.getElementById(id)?.contains(error));
    if (!fields.some(isDescribed)) {
      findings.push(`no field is described by its error: ${error.textContent.trim()}`);
    }
  }
  for (const control of all("a[href], button")) {
    if (!(control.ariaLabel ?? control.textContent).trim()) {
      findings.push(`no name: ${name(control)}`);
    }
  }

  const page = document.documentElement;
  if (page.lang !== language) {
    findings.push(`language is '${page.lang}'`);
  }
  for (const landmark of ["main", "header", "h1"]) {
    if (all(landmark).length !== 1) {
      findings.push(`not one ${landmark}`);
    }
  }
  for (const title of all("h1")) {
    const lines = title.clientHeight / parseFloat(getComputedStyle(title).lineHeight);
    if (lines > 1.5 && title.clientWidth < 0.6 * title.parentElement.clientWidth) {
      findings.push("the title is squeezed");
    }
  }
  const isDark = luminance(ground(document.body)) < 0.2;
  if (isDark !== matchMedia("(prefers-color-scheme: dark)").matches) {
    findings.push("not in the colour scheme asked for");
  }
  if (page.scrollWidth > page.clientWidth) {
    findings.push(`scrolls sideways: ${page.scrollWidth} in ${page.clientWidth}`);
  }
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
    for (const element of all("body *")) {
      const { transitionDuration, animationName } = getComputedStyle(element);
      if (animationName !== "none" || transitionDuration.split(",").some((duration) => parseFloat(duration) > 0)) {
        findings.push(`moves: ${name(element)}`);
      }
    }
  }
  return findings;
}
