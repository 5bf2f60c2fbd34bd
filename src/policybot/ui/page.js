// The page's script, loaded once. Gradio calls policybotPiece for each of the page's HTML pieces when it is there.
// Buttons carry short references and nothing else; the server decides what they mean.

/**
 * Connects one piece.
 *
 * @param element The piece.
 * @param trigger Tells the server about an event.
 * @param watch Calls back after the piece was drawn anew.
 * @param events Names of the events that the server takes from this piece.
 */
function policybotPiece(element, trigger, watch, events) {
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
    delete state.unfolded;
    for (const fold of document.querySelectorAll("#pb-history details")) fold.open = false;
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
    if ("withAddresses" in data) data.addresses = takenAddresses();
    if ("withComment" in data) data.comment = button.closest(".pb-comment").querySelector("textarea").value;
    if (name === "edit" || name === "stop_editing") box()?.focus();
    trigger(name, data);
  }

  element.addEventListener("click", (event) => {
    const fold = event.target.closest("summary[data-conversation]");
    if (fold) state.unfolded = fold.parentElement.open ? "" : fold.dataset.conversation;
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
    } else if (data.example) trigger("choose_example", { example: Number(data.example) });
    else if ("clearFilters" in data) {
      box()?.focus(); // The button goes away; the next question is what follows.
      trigger("clear_filters");
    }
  });

  element.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && element.closest("#pb-source")) goBack();
    if (event.key === " " && event.target.matches("a[role=button]")) {
      event.preventDefault(); // A link that acts as a button is pressed by the space bar, too.
      event.target.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
    }
    if (event.key === "Escape" && element.closest("#pb-history")) toggleHistory(false);
  });

  element.addEventListener("change", (event) => {
    const { choose } = event.target.dataset;
    if (events.includes(choose)) trigger(choose, { value: event.target.value });
  });

  function takenAddresses() {
    const field = element.querySelector("#pb-addresses");
    const named = field.value.split(/\s+/).filter(Boolean);
    // What the server will refuse stays, to be mended.
    if (named.every((name) => /^https?:\/\//i.test(name))) field.value = "";
    return named.join(" ");
  }

  let typed = 0;
  element.addEventListener("input", (event) => {
    const field = event.target;
    if (!field.dataset.search) return;
    clearTimeout(typed);
    typed = setTimeout(() => trigger(field.dataset.search, { search: field.value }), 250);
  });

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

  // Drawing a piece anew takes the focus from its buttons: it goes back to the one that says the same, to the one that a
  // question begins with, or, when nothing is left, to where one goes on.

  let held = "";
  let written = null; // what was typed into the field that has the focus
  const sameness = (button) => button.tagName + JSON.stringify(button.dataset);
  element.addEventListener("focusin", (event) => {
    held = sameness(event.target);
    written = null;
  });
  element.addEventListener("input", (event) => {
    if (event.target === document.activeElement) written = event.target.value;
  });
  element.addEventListener("focusout", (event) => {
    const left = event.target;
    queueMicrotask(() => {
      if (left.isConnected) held = "";
    });
  });

  function keepFocus() {
    const asked = element.querySelector("[role=alertdialog] [data-first]");
    if (asked) asked.focus();
    if (!held || document.activeElement !== document.body) return;
    const all = [...element.querySelectorAll("button, select, input, textarea, summary, a[href]")];
    const same = all.find((each) => sameness(each) === held);
    const text = written;
    held = "";
    if (same) {
      same.focus({ preventScroll: true });
      if (text !== null && same.matches("input:not([type]), input[type=search], textarea")) {
        same.value = written = text;
        same.setSelectionRange(text.length, text.length);
      }
    }
    else if (state.view === "documents") document.querySelector("#pb-table [data-narrow], #pb-adding button")?.focus();
    else if (element.closest("#pb-history")) all[0]?.focus();
    else box()?.focus();
  }

  // The piece was drawn anew, or is there for the first time.
  function drawn() {
    const header = element.querySelector("[data-page-language]");
    if (header) {
      const before = state.language;
      state.language = document.documentElement.lang = header.dataset.pageLanguage;
      if (before && before !== state.language && state.view === "documents") trigger("show_documents");
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

    // Drawing the list anew must not close what is open in it.
    const folds = [...element.querySelectorAll("details[data-conversation]")];
    const fold = folds.find((each) => each.dataset.conversation === state.unfolded);
    if (fold) fold.open = true;
    keepFocus();

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
  }

  watch("value", drawn);
  policybotDocuments(element, trigger, watch); // After it: what was typed is back when the table is narrowed.
  drawn(); // What came before this script was there.
}
