// The Documents view: finding in the table, adding, the map.

/** Connects one piece, as policybotPiece does. */
function policybotDocuments(element, trigger, watch) {
  // The table: the search field and the lists leave the rows that pass.

  element.addEventListener("input", (event) => {
    if (event.target.dataset.narrow) narrow();
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
          const error = good ? null : JSON.parse(request.responseText).error;
          why = good ? drop.dataset.saySent : (JSON.parse(drop.dataset.sayFailures)[error.type] ?? error.message);
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

  const drawn = () => element.querySelector("[data-narrow]") && narrow();
  watch("value", drawn);
  drawn();
}
