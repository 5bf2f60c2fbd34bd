// Runs once in each of the page's HTML pieces, as the body of a function that Gradio calls with the piece's element,
// `trigger` (tells the server about an event) and `watch` (calls back after the piece was drawn anew).
// Buttons carry short references and nothing else; the server decides what they mean. Gradio takes the names of the
// events from the quoted words here:
const events = [
  "open_source", "choose_language", "choose_example", "clear_filters", "choose_further", "retry", "edit",
  "stop_editing", "rate", "arrive", "open_conversation", "rename_conversation", "delete_conversation",
  "search_history", "show_documents", "open_document", "ask_removal", "remove_document", "restore_document",
  "plan_index", "apply_index", "cancel_index", "dismiss", "take_in",
];

const opening = "pbOpening"; // reference asked for and not yet shown
const opener = "pbOpener"; // reference whose button had the focus, to go back to
const state = document.body.dataset;

function shownAtOnce() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}

function showAsOpen(reference) {
  for (const button of document.querySelectorAll("[data-ref]")) {
    if (button.dataset.ref === reference) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
}

function reveal(panel) {
  const target = panel.querySelector("#quote") ?? panel.querySelector(".pb-heading") ?? panel;
  const tall = target.getBoundingClientRect().height > innerHeight / 2;
  target.scrollIntoView({ block: tall ? "start" : "center", behavior: shownAtOnce() });
  if (state[opening + "Key"]) panel.querySelector(".pb-heading")?.focus({ preventScroll: true });
  delete state[opening];
  delete state[opening + "Key"];
}

function box() {
  return document.querySelector("#pb-box textarea");
}

function goBack() {
  const reference = state[opener];
  const places = "#pb-talk [data-ref], #pb-library [data-document]";
  const button = [...document.querySelectorAll(places)].find(
    (b) => b.dataset.ref === reference || `d:${b.dataset.document}` === reference,
  );
  (button ?? box())?.focus();
}

function view(name) {
  state.view = name;
  document.querySelector("#pb-main").dataset.view = name;
  for (const button of document.querySelectorAll("#pb-top [data-view]")) {
    if (button.dataset.view === name) button.setAttribute("aria-current", "page");
    else button.removeAttribute("aria-current");
  }
}

function toggleHistory(open) {
  state.history = open ? "open" : "";
  document.querySelector("#pb-history").toggleAttribute("data-open", open);
  document.querySelector("#pb-top [data-history]")?.setAttribute("aria-expanded", String(open));
  if (open) document.querySelector("#pb-history input[type=search]")?.focus();
  else document.querySelector("#pb-top [data-history]")?.focus();
}

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without HTTPS there is no clipboard; the old way still works.
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  const before = button.textContent;
  button.textContent = button.dataset.copied;
  setTimeout(() => (button.textContent = before), 1500);
}

function open(button, event, reference) {
  state[opening] = reference;
  // A click made with the keyboard has no detail: then the focus follows to the passage.
  if (event.detail === 0) state[opening + "Key"] = "1";
  if (!button.closest("#pb-source")) state[opener] = reference;
  showAsOpen(reference);
  const opened = document.querySelector("#pb-source [data-opened]");
  if (opened?.dataset.opened === reference) {
    reveal(opened);
    return true;
  }
  return false;
}

function fire(button, event) {
  const { event: name, ...data } = button.dataset;
  if (!events.includes(name)) return;
  if (name === "open_document" && open(button, event, `d:${data.document}`)) return;
  if (name === "open_conversation") {
    toggleHistory(false);
    view("chat");
  }
  if ("withTitle" in data) data.title = button.closest(".pb-more").querySelector("input").value;
  if ("withComment" in data) data.comment = button.closest(".pb-comment").querySelector("textarea").value;
  if (name === "edit" || name === "stop_editing") box()?.focus();
  trigger(name, data);
}

element.addEventListener("click", (event) => {
  const button = event.target.closest("button, a[data-event]");
  if (!button || !element.contains(button)) return;
  const data = button.dataset;
  if (button.tagName === "A" || button.tagName === "a") event.preventDefault();
  if (data.event) fire(button, event);
  else if (data.ref) {
    if (!open(button, event, data.ref)) trigger("open_source", { reference: data.ref });
  } else if ("back" in data) goBack();
  else if ("why" in data) {
    const reason = button.nextElementSibling;
    reason.hidden = !reason.hidden;
    button.setAttribute("aria-expanded", String(!reason.hidden));
  } else if ("copy" in data) copy(data.copy, button);
  else if (data.link) copy(new URL(data.link, document.baseURI).href, button);
  else if (data.view) {
    view(data.view);
    if (data.view === "documents") trigger("show_documents");
  } else if ("history" in data) toggleHistory(state.history !== "open");
  else if (data.language) {
    document.cookie = `policybot_language=${data.language}; path=/; max-age=31536000; SameSite=Strict`;
    trigger("choose_language", { language: data.language });
    if (state.view === "documents") setTimeout(() => trigger("show_documents"), 300);
  } else if (data.example) trigger("choose_example", { example: Number(data.example) });
  else if ("clearFilters" in data) {
    box()?.focus(); // The button goes away; the next question is what follows.
    trigger("clear_filters");
  }
});

element.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && element.closest("#pb-source")) goBack();
  if (event.key === "Escape" && element.closest("#pb-history")) toggleHistory(false);
});

// Search fields: of conversations on the server, of documents here.

let typed = 0;
element.addEventListener("input", (event) => {
  const field = event.target;
  if (field.dataset.search) {
    clearTimeout(typed);
    typed = setTimeout(() => trigger(field.dataset.search, { search: field.value }), 250);
  } else if (field.dataset.narrow) narrow();
});

function narrow() {
  const wanted = {};
  for (const field of element.querySelectorAll("[data-narrow]")) wanted[field.dataset.narrow] = field.value;
  const words = wanted.text.toLowerCase().split(/\s+/);
  let shown = 0;
  for (const row of element.querySelectorAll("tbody tr")) {
    const of = row.dataset;
    row.hidden =
      !words.every((word) => of.text.includes(word)) ||
      (wanted.publisher && of.publisher !== wanted.publisher) ||
      (wanted.language && of.languageCode !== wanted.language) ||
      (wanted.state && of.state !== wanted.state);
    shown += row.hidden ? 0 : 1;
  }
  const line = element.querySelector("[data-shown]");
  line.textContent = line.dataset.shown.replace("{shown}", shown);
}

// Adding files: one after the other, each with a bar and a way to stop it; then they are indexed together.

element.addEventListener("change", (event) => {
  if (event.target.type !== "file") return;
  send([...event.target.files]);
  event.target.value = "";
});
element.addEventListener("dragover", (event) => {
  if (event.target.closest("[data-drop]")) event.preventDefault();
});
element.addEventListener("drop", (event) => {
  if (!event.target.closest("[data-drop]")) return;
  event.preventDefault();
  send([...event.dataTransfer.files]);
});

async function send(files) {
  const drop = element.querySelector("[data-drop]");
  const list = element.querySelector(".pb-uploads");
  list.replaceChildren();
  const lines = files.map((file) => line(list, file, drop));
  let sent = 0;
  for (const each of lines) sent += (await upload(each, drop)) ? 1 : 0;
  if (sent) trigger("take_in");
}

function line(list, file, drop) {
  const item = document.createElement("li");
  const name = document.createElement("span");
  name.className = "pb-title";
  name.textContent = file.name;
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  const said = document.createElement("span");
  said.textContent = drop.dataset.sayWaiting;
  const cancel = document.createElement("button");
  cancel.type = "button";
  cancel.textContent = drop.dataset.sayCancel;
  cancel.setAttribute("aria-label", `${drop.dataset.sayCancel}: ${file.name}`);
  item.append(name, bar, said, cancel);
  list.append(item);
  const each = { file, item, bar, said, cancelled: false, request: null };
  cancel.addEventListener("click", () => {
    each.cancelled = true;
    each.request?.abort();
    ended(each, "cancelled", drop.dataset.sayCancelled);
  });
  return each;
}

function ended(each, how, said) {
  each.item.dataset.result = how;
  each.said.textContent = said;
  each.bar.remove();
  each.item.querySelector("button")?.remove();
}

function upload(each, drop) {
  return new Promise((resolve) => {
    if (each.cancelled) return resolve(false);
    if (each.file.size > drop.dataset.megabytes * 1e6) {
      ended(each, "failed", drop.dataset.sayTooLarge);
      return resolve(false);
    }
    const request = new XMLHttpRequest();
    each.request = request;
    request.upload.onprogress = (event) => {
      each.bar.value = event.total ? event.loaded / event.total : 0;
    };
    request.onload = () => {
      const good = request.status === 201;
      let why = drop.dataset.sayFailed;
      try {
        why = good ? drop.dataset.saySent : JSON.parse(request.responseText).error.message;
      } catch {
        // A proxy answered with a page of its own: that it failed is all that is known.
      }
      ended(each, good ? "sent" : "failed", why);
      resolve(good);
    };
    request.onerror = () => {
      ended(each, "failed", drop.dataset.sayFailed);
      resolve(false);
    };
    request.onabort = () => resolve(false);
    request.open("POST", `api/v1/documents?name=${encodeURIComponent(each.file.name)}`);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.send(each.file);
  });
}

// The map: a document's line in the legend makes its passages stand out.

for (const [kind, on] of [["pointerover", true], ["focusin", true], ["pointerout", false], ["focusout", false]]) {
  element.addEventListener(kind, (event) => {
    const button = event.target.closest(".pb-map button");
    if (!button) return;
    const chart = button.closest(".pb-map").querySelector(".pb-chart");
    chart.classList.toggle("pb-some", on);
    for (const dot of chart.querySelectorAll("circle")) {
      dot.classList.toggle("pb-this", on && dot.dataset.of === button.dataset.document);
    }
  });
}

function arrive() {
  if (state.arrived) return;
  state.arrived = "1";
  const asked = new URLSearchParams(location.search);
  if (asked.has("c") || asked.has("q")) trigger("arrive", { c: asked.get("c") ?? "", q: asked.get("q") ?? "" });
}

function showAddress(conversation) {
  const address = new URL(location.href);
  if ((address.searchParams.get("c") ?? "") === conversation) return;
  address.searchParams.delete("q");
  if (conversation) address.searchParams.set("c", conversation);
  else address.searchParams.delete("c");
  history.replaceState(history.state, "", address);
}

watch("value", () => {
  const header = element.querySelector("[data-page-language]");
  if (header) {
    document.documentElement.lang = header.dataset.pageLanguage;
    view(state.view ?? "chat");
    arrive();
  }

  const opened = element.querySelector("[data-opened]");
  if (opened) {
    showAsOpen(opened.dataset.opened);
    if (state[opening]) reveal(opened);
  } else if (element.querySelector(".pb-note") && state[opening]) {
    reveal(element);
  }

  const narrowed = element.querySelector("[data-narrow]");
  if (narrowed) narrow();

  const searched = element.querySelector("[data-search]");
  if (searched && state.history === "open" && searched.value) {
    searched.focus();
    searched.setSelectionRange(searched.value.length, searched.value.length);
  }

  const current = element.closest("#pb-current");
  if (current && state.arrived) {
    const address = element.querySelector("[data-conversation]")?.dataset.conversation ?? "";
    if (address || (element.querySelector(".pb-welcome") && !element.querySelector(".pb-notice"))) showAddress(address);
  }
  const exchange = current?.querySelector(".pb-exchange");
  if (exchange && element.dataset.turn !== exchange.dataset.turn) {
    element.dataset.turn = exchange.dataset.turn;
    exchange.scrollIntoView({ block: "start", behavior: shownAtOnce() });
  }
});
