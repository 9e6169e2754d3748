// Builds elements. Data enters the page as text nodes and attributes, never as markup.

const SVG = "http://www.w3.org/2000/svg";

/** Make an element: `testid` and `on*` are understood, `null` and `false` values are left out. */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) setProp(node, name, value);
  append(node, children);
  return node;
}

function setProp(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "testid") node.dataset.testid = value;
  else if (name === "class") node.className = value;
  else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else node.setAttribute(name, value === true ? "" : String(value));
}

function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child);
  }
}

/** Put new children in place of the old ones. */
export function refill(node, ...children) {
  node.replaceChildren();
  append(node, children);
  return node;
}

/** A 24-unit line icon drawn from a list of path strings. */
export function svg(paths, extra = "") {
  const root = document.createElementNS(SVG, "svg");
  root.setAttribute("viewBox", "0 0 24 24");
  root.setAttribute("aria-hidden", "true");
  root.setAttribute("class", `icon ${extra}`.trim());
  for (const d of paths) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    root.append(path);
  }
  return root;
}

/** Let the arrow keys, Home and End move the focus among the matching children. */
export function arrowKeys(container, selector) {
  container.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
    if (step === undefined || event.target.matches("input, textarea")) return;
    const items = [...container.querySelectorAll(selector)];
    const at = items.indexOf(document.activeElement.closest(selector));
    const to = Math.min(items.length - 1, Math.max(0, at + step));
    items[to]?.focus();
    event.preventDefault();
  });
}

/** Run an async job; calls that come while it runs make it run once more afterwards. */
export function coalesce(job) {
  let running = null;
  let again = false;
  const run = async () => {
    do {
      again = false;
      await job();
    } while (again);
  };
  return () => {
    if (running) again = true;
    else running = run().finally(() => (running = null));
    return running;
  };
}
