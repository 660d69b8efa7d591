// What every exported page has in common: how it looks, and the script that follows its slider.

export const pageStyle = `
html{height:100%}
body{margin:0;height:100%;display:flex;flex-direction:column;
  font:14px/1.45 system-ui,sans-serif;color:#1a1a1a;background:#fff}
header{border-bottom:1px solid #ccc;padding:8px 20px}
h1{font-size:17px;margin:0}details{margin:2px 0 6px;color:#5a5a5a;font-size:12px}
form{display:flex;gap:10px;align-items:center}input[type=range]{flex:1;max-width:700px}
button{font:inherit;padding:2px 12px}output{min-width:9em;font-weight:bold}
main{display:flex;flex:1;min-height:0;gap:24px;padding:0 20px}
#drawing{overflow:auto;flex:2 1 640px}#drawing svg{max-width:100%;height:auto}
aside{flex:1 1 330px;overflow:auto;padding-bottom:20px}
@media (max-width:900px){html,body{height:auto}main{display:block}}
h2{font-size:15px;margin:14px 0 4px}h3{font-size:14px;margin:12px 0 2px}
ul{margin:4px 0;padding-left:18px}
table{border-collapse:collapse;font:12px ui-monospace,'DejaVu Sans Mono',Menlo,monospace;margin-top:8px}
th,td{border:1px solid #ddd;padding:1px 8px;text-align:left;font-weight:normal}
thead th{font-weight:bold}
.ghost{color:#6a6a6a;font-style:italic}
td.changed{background:#fff1b8;font-weight:bold}td.changed::before{content:"▸ "}
.later{opacity:.12}.travelling{opacity:.5}.current text{text-decoration:underline}
.violation{color:#b00020;font-weight:bold}
@media print{form{display:none}
html,body{height:auto}main{display:block}.later,.travelling{opacity:1}}
`;

/** Plain browser code, which nothing compiles. Its only input is the slides beside it. */
export const pageScript = `
"use strict";
(() => {
  const slides = JSON.parse(document.getElementById("slides").textContent);
  const slider = document.getElementById("step");
  const list = (id, items) => {
    document.getElementById(id).replaceChildren(...items.map(([text, kind]) => {
      const item = document.createElement("li");
      item.textContent = text;
      if (kind) item.className = kind;
      return item;
    }));
  };
  const show = (at, isOnTheWay) => {
    const slide = slides[at];
    const before = slides[at - 1];
    slider.value = String(at);
    document.getElementById("now").value = "step " + at + " of " + (slides.length - 1) + ", time " + slide.time;
    document.getElementById("what").textContent = (at > 0 ? at + ". " : "") + slide.text + (slide.fault ? " (fault)" : "");
    list("said", [
      ...slide.cases.map((it) => ["case " + it]),
      ...slide.events.map((it) => [it, "violation"]),
      ...(slide.error ? [["model error: " + slide.error, "violation"]] : []),
    ]);
    list("flights", slide.flights.length > 0 ? slide.flights.map((it) => [it]) : [["nothing"]]);
    for (const cell of document.querySelectorAll("td[data-variable]")) {
      const name = cell.dataset.variable;
      const value = slide.values[name] ?? "";
      cell.textContent = value;
      cell.className = before && value !== (before.values[name] ?? "") ? "changed" : "";
    }
    for (const part of document.querySelectorAll(".step")) {
      const step = Number(part.dataset.step);
      part.classList.toggle("later", step > at);
      part.classList.toggle("current", step === at && at > 0);
      if (step === at && isOnTheWay) part.scrollIntoView({ block: "center" });
    }
    for (const part of document.querySelectorAll(".flight")) {
      const to = part.dataset.to === "end" ? Infinity : Number(part.dataset.to);
      part.classList.toggle("later", Number(part.dataset.from) > at);
      part.classList.toggle("travelling", Number(part.dataset.from) <= at && to > at && at < slides.length - 1);
    }
    if (isOnTheWay) history.replaceState(null, "", "#" + at);
  };
  const go = (at) => show(Math.min(slides.length - 1, Math.max(0, at)), true);
  slider.addEventListener("input", () => go(Number(slider.value)));
  document.getElementById("back").addEventListener("click", () => go(Number(slider.value) - 1));
  document.getElementById("on").addEventListener("click", () => go(Number(slider.value) + 1));
  document.addEventListener("keydown", (event) => {
    if (event.target === slider) return;
    if (event.key === "ArrowLeft") go(Number(slider.value) - 1);
    if (event.key === "ArrowRight") go(Number(slider.value) + 1);
  });
  const asked = /^#\\d+$/.test(location.hash) ? Number(location.hash.slice(1)) : slides.length - 1;
  show(Math.min(slides.length - 1, asked), location.hash !== "");
})();
`;
