// Signs in with Authorization Code and PKCE, then shows what the API says about the bearer and lets them add and delete works.
// Tokens live in this browser's IndexedDB, for all its tabs, and go to the API's Authorization header, nowhere else.

const { UserManager, WebStorageStateStore, IndexedDbDPoPStore, ErrorResponse, ErrorTimeout } = window.oidc;

const find = (id) => document.getElementById(id);
const signedIn = find("signed-in");
const signedOut = find("signed-out");
const works = find("works");

let manager;

class Problem extends Error {
  constructor(title, detail, code) {
    super(title);
    this.detail = detail;
    this.code = code;
  }
}

// ---- Sign-in

/** The API says who signs people in for it (RFC 9728), so this page has nothing to configure. */
async function createManager() {
  const response = await fetch("/.well-known/oauth-protected-resource").catch(() => {
    throw new Problem("The API cannot be reached", "Is it running? Reload this page when it is.");
  });
  if (!response.ok) {
    throw await problemOf(response);
  }
  const [authority] = (await response.json()).authorization_servers;
  const home = `${location.origin}/`;
  return new UserManager({
    authority,
    client_id: "web",
    redirect_uri: home,
    post_logout_redirect_uri: home,
    scope: "openid",
    // Made for keys, keeps users as well. Web storage reaches other tabs in its own time; what IndexedDB has written, all tabs read.
    userStore: new IndexedDbDPoPStore(),
    // Of this tab: only who asked takes the answer.
    stateStore: new WebStorageStateStore({ store: window.sessionStorage }),
    // Renewed when it is needed, see renewed().
    automaticSilentRenew: false,
  });
}

function authorize(options = {}) {
  return manager.signinRedirect({ nonce: crypto.randomUUID(), ...options });
}

/** Back from the hosted login, with a code or with an error. The address is cleaned first: a code must not stay in the history. */
async function completeSignIn() {
  const answer = new URLSearchParams(location.search);
  if (!answer.has("state") || !(answer.has("code") || answer.has("error"))) {
    return;
  }
  const url = location.href;
  history.replaceState(null, "", "/");
  // RFC 9207: the answer is from whom this page asked.
  if (answer.get("iss") !== manager.settings.authority) {
    throw new Problem("Signing in did not work", "The answer came from somebody else than the sign-in service of this page.");
  }
  const user = await manager.signinRedirectCallback(url).catch(async (error) => {
    if (error instanceof ErrorResponse && error.error === "login_required") {
      await manager.removeUser();
      throw ended();
    }
    throw error instanceof ErrorResponse || isSilence(error)
      ? unreachable(error, "The sign-in service did not answer at the last step. Sign in again in a moment.")
      : new Problem("Signing in did not work", "This tab did not start that sign-in, or it is over already. Sign in again.", error.message);
  });
  // The cookie may be somebody else's by now.
  if (user.state?.of === user.profile.sub) {
    find("work-title").value = user.state.title;
  }
}

/** The signed-in user with a token that is still good for a moment, or null. */
async function currentUser() {
  const user = await manager.getUser();
  return user && user.expires_in < 10 ? renewed(user) : user;
}

/**
 * One refresh for all tabs: refresh tokens are single use, and a second use ends the sign-in (RFC 9700 §4.14.2). Who has waited for the
 * lock finds the new tokens in the store.
 */
function renewed(old) {
  return navigator.locks.request("latchkey.renewal", async () => {
    const user = await manager.getUser();
    return user?.access_token === old.access_token ? renew() : user;
  });
}

async function renew() {
  try {
    return await manager.signinSilent().catch((error) => {
      if (!isSilence(error)) {
        throw error;
      }
      // Was the question lost, or the answer, and the token with it? Asking again tells.
      return manager.signinSilent();
    });
  } catch (error) {
    if (error instanceof ErrorResponse && error.error === "invalid_grant") {
      const user = await manager.getUser();
      if (!user) {
        show(null);
        throw ended();
      }
      return authorizeSilently(user);
    }
    throw unreachable(error, "Your sign-in is kept. Try again in a moment.");
  }
}

/** With the sign-in cookie, without a page to see; in this window, because browsers keep the cookies of other sites out of frames. */
async function authorizeSilently(user) {
  const draft = { of: user.profile.sub, title: find("work-title").value };
  await authorize({ prompt: "none", state: draft }).catch((error) => {
    throw unreachable(error, "Your sign-in is kept. Try again in a moment.");
  });
  return new Promise(() => {}); // This page is about to go.
}

function ended() {
  return new Problem("Your sign-in has ended", "Sign in again to go on.");
}

function isSilence(error) {
  return error instanceof TypeError || error instanceof ErrorTimeout;
}

/** fetch() says only "TypeError" when nobody answers. */
function unreachable(error, detail) {
  return isSilence(error) ? new Problem("The sign-in service cannot be reached", detail) : error;
}

// ---- API

async function call(path, options = {}) {
  const user = await currentUser();
  let response = await send(path, options, user);
  // RFC 6750 §3.1: whatever is wrong with the token, a new one may be good.
  if (response.status === 401) {
    response = await send(path, options, await renewed(user));
  }
  if (!response.ok) {
    throw await problemOf(response);
  }
  return response.status === 204 ? null : response.json();
}

async function send(path, options, user) {
  if (!user) {
    show(null);
    throw ended();
  }
  const headers = { Authorization: `Bearer ${user.access_token}`, ...options.headers };
  return fetch(path, { ...options, headers }).catch(() => {
    throw new Problem("The API cannot be reached", "Check your connection and try again.");
  });
}

/** What the API says is wrong (RFC 9457), in words for the person who reads it. */
async function problemOf(response) {
  const problem = await response.json().catch(() => ({}));
  const fields = (problem.errors ?? []).map((e) => `${(e.pointer ?? e.parameter).replace("#/", "")} ${e.detail}`);
  return new Problem(
    problem.title ?? `The API answered ${response.status}`,
    [problem.detail, ...fields].filter(Boolean).join(" "),
    [problem.code, problem.request_id && `request ${problem.request_id}`].filter(Boolean).join(" · "),
  );
}

// ---- View

function show(me) {
  find("loading").hidden = true;
  signedIn.hidden = !me;
  signedOut.hidden = Boolean(me);
  find("sign-out").hidden = !me;
  find("claims").replaceChildren(...(me ? rows(me) : []));
  if (!me) {
    works.replaceChildren();
  }
}

/** Every value under its own name; nested ones as path. */
function rows(value, path = "") {
  return Object.entries(value).flatMap(([name, entry]) => {
    const full = path ? `${path}.${name}` : name;
    if (entry !== null && typeof entry === "object" && !Array.isArray(entry) && Object.keys(entry).length > 0) {
      return rows(entry, full);
    }
    const term = element("dt", full);
    const text = Array.isArray(entry) ? entry.join(", ") || "none" : String(entry ?? "none");
    const definition = element("dd", entry !== null && typeof entry === "object" && !Array.isArray(entry) ? "none" : text);
    definition.classList.toggle("none", definition.textContent === "none");
    return [term, definition];
  });
}

function item(work) {
  const li = document.createElement("li");
  const what = document.createElement("div");
  what.className = "what";
  const when = element("p", "", "when");
  const time = element("time", new Date(work.created_at).toLocaleString([], { dateStyle: "medium", timeStyle: "short" }));
  time.dateTime = work.created_at;
  when.append(element("span", work.kind, "kind"), time);
  what.append(element("p", work.title, "title"), when);
  const remove = element("button", "Delete", "delete");
  remove.type = "button";
  remove.setAttribute("aria-label", `Delete ${work.title}`);
  remove.addEventListener("click", attempt(remove, async () => {
    await call(`/v1/works/${work.id}`, { method: "DELETE" });
    li.remove();
    find("no-works").hidden = works.childElementCount > 0;
    find("works-heading").focus();
    find("status").textContent = `Deleted ${work.title}`;
  }));
  li.append(what, remove);
  return li;
}

/** Only ever sets text: what a person typed never becomes markup. */
function element(name, text, className = "") {
  const created = document.createElement(name);
  created.textContent = text;
  created.className = className;
  return created;
}

function report(error) {
  find("error").hidden = !error;
  if (!error) {
    return;
  }
  let { message: title, detail, code } = error;
  if (error instanceof ErrorResponse) {
    [title, detail, code] = ["Signing in did not work", error.error_description, error.error];
  } else if (!(error instanceof Problem)) {
    console.error(error);
    [title, detail] = ["That did not work", error.message];
  }
  find("error-title").textContent = title;
  find("error-detail").textContent = detail ?? "";
  find("error-code").textContent = code ?? "";
}

/** A listener that cannot run twice at once and shows what goes wrong. */
function attempt(button, action) {
  return async (event) => {
    event?.preventDefault();
    report(null);
    button.disabled = true;
    try {
      await action();
    } catch (error) {
      report(error);
    } finally {
      button.disabled = false;
    }
  };
}

function showPage(page) {
  works.append(...page.items.map(item));
  find("no-works").hidden = works.childElementCount > 0;
  const more = find("more-works");
  more.hidden = !page.next_cursor;
  more.onclick = attempt(more, async () => showPage(await call(`/v1/works?cursor=${encodeURIComponent(page.next_cursor)}`)));
}

// ---- Start

find("error-close").addEventListener("click", () => report(null));

find("sign-in").addEventListener("click", attempt(find("sign-in"), async () => {
  manager ??= await createManager();
  await authorize().catch((error) => {
    throw unreachable(error, "The sign-in service does not answer. Try again in a moment.");
  });
}));

find("sign-out").addEventListener("click", attempt(find("sign-out"), async () => {
  try {
    // Not while another tab renews: what it gets would be kept after the sign-out.
    await navigator.locks.request("latchkey.renewal", () => manager.signoutRedirect());
  } catch (error) {
    await manager.removeUser();
    show(null);
    throw unreachable(error, "This tab has forgotten you, but the sign-in service does not answer: your session there goes on.");
  }
}));

find("copy-token").addEventListener("click", attempt(find("copy-token"), async () => {
  const user = await manager.getUser();
  const fresh = user && (await renewed(user));
  if (!fresh) {
    show(null);
    throw ended();
  }
  await navigator.clipboard.writeText(fresh.access_token);
  find("copy-token").textContent = "Copied";
  setTimeout(() => (find("copy-token").textContent = "Copy access token"), 2000);
}));

find("work-form").addEventListener("submit", attempt(find("add-work"), async () => {
  const title = find("work-title");
  const work = await call("/v1/works", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ title: title.value, kind: find("work-kind").value }),
  });
  works.prepend(item(work));
  find("no-works").hidden = true;
  find("status").textContent = `Added ${work.title}`;
  title.value = "";
  title.focus();
}));

try {
  manager = await createManager();
  await completeSignIn();
  if (await currentUser()) {
    // Both before either is shown: a work that is added while the list is under way would be in it twice.
    const me = await call("/v1/me");
    const page = await call("/v1/works");
    show(me);
    showPage(page);
  } else {
    show(null);
  }
} catch (error) {
  if (signedIn.hidden) {
    show(null);
  }
  report(error);
}
