// Runs once in each of the page's HTML pieces, as the body of a function that Gradio calls with the piece's element,
// `trigger` (tells the server about an event) and `watch` (calls back after the piece was drawn anew).
// Buttons carry a short reference and nothing else; the server decides what it means. The names of the events stand
// here in quotes because Gradio looks for them: "open_source", "choose_language", "choose_example", "clear_filters".

const opening = "pbOpening"; // reference asked for and not yet shown
const opener = "pbOpener"; // reference whose button had the focus, to go back to

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
  if (document.body.dataset[opening + "Key"]) {
    panel.querySelector(".pb-heading")?.focus({ preventScroll: true });
  }
  delete document.body.dataset[opening];
  delete document.body.dataset[opening + "Key"];
}

function goBack() {
  const reference = document.body.dataset[opener];
  const button = [...document.querySelectorAll("#pb-talk [data-ref]")].find((b) => b.dataset.ref === reference);
  (button ?? document.querySelector("#pb-box textarea"))?.focus();
}

element.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button || !element.contains(button)) return;
  if (button.dataset.ref) {
    const reference = button.dataset.ref;
    const page = document.body.dataset;
    page[opening] = reference;
    // A click made with the keyboard has no detail: then the focus follows to the passage.
    if (event.detail === 0) page[opening + "Key"] = "1";
    if (!button.closest("#pb-source")) page[opener] = reference;
    showAsOpen(reference);
    const opened = document.querySelector("#pb-source [data-opened]");
    if (opened?.dataset.opened === reference) reveal(opened);
    else trigger("open_source", { reference });
  } else if ("back" in button.dataset) {
    goBack();
  } else if (button.dataset.language) {
    document.cookie = `policybot_language=${button.dataset.language}; path=/; max-age=31536000; SameSite=Strict`;
    trigger("choose_language", { language: button.dataset.language });
  } else if (button.dataset.example) {
    trigger("choose_example", { example: Number(button.dataset.example) });
  } else if ("clearFilters" in button.dataset) {
    document.querySelector("#pb-box textarea")?.focus(); // The button goes away; the next question is what follows.
    trigger("clear_filters");
  }
});

element.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && element.closest("#pb-source")) goBack();
});

watch("value", () => {
  const header = element.querySelector("[data-page-language]");
  if (header) document.documentElement.lang = header.dataset.pageLanguage;

  const opened = element.querySelector("[data-opened]");
  if (opened) {
    showAsOpen(opened.dataset.opened);
    if (document.body.dataset[opening]) reveal(opened);
  } else if (element.querySelector(".pb-note") && document.body.dataset[opening]) {
    reveal(element);
  }

  const exchange = element.closest("#pb-current")?.querySelector(".pb-exchange");
  if (exchange && element.dataset.turn !== exchange.dataset.turn) {
    element.dataset.turn = exchange.dataset.turn;
    exchange.scrollIntoView({ block: "start", behavior: shownAtOnce() });
  }
});
