// Speaks to the local Telegram's client API: one function per deed, errors as ApiError.

/** What the server refused, in its own words; `status` 0 means that it could not be reached. */
export class ApiError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

async function call(path, options) {
  let response;
  try {
    response = await fetch(`/client${path}`, options);
  } catch {
    throw new ApiError("", 0);
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new ApiError(body.error ?? response.statusText, response.status);
  return body;
}

function post(path, body) {
  return call(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

export const getInfo = () => call("/info");
export const getPeople = () => call("/people");
export const postLanguage = (language) => post("/language", { language });

/** Everything that one person can do. */
export class PersonApi {
  constructor(person) {
    this.base = `/${encodeURIComponent(person)}`;
  }

  get eventsUrl() {
    return `/client${this.base}/events`;
  }

  chats() {
    return call(`${this.base}/chats`);
  }

  messages(chat, { before, limit = 50 } = {}) {
    const query = new URLSearchParams({ limit });
    if (before !== undefined) query.set("before", before);
    return call(`${this.base}/chats/${encodeURIComponent(chat)}/messages?${query}`);
  }

  /** POST one of: start, send, press, contact, location, forward, edit, delete, read, block, unblock. */
  act(deed, body) {
    return post(`${this.base}/${deed}`, body);
  }

  file({ chat, kind, caption, file, thread }) {
    const form = new FormData();
    form.set("chat", chat);
    form.set("kind", kind);
    form.set("caption", caption ?? "");
    if (thread !== undefined && thread !== null) form.set("thread", thread);
    form.set("file", file, file.name);
    return call(`${this.base}/file`, { method: "POST", body: form });
  }
}
