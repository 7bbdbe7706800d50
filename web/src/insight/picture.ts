import { saveFile } from "./save-file";

const SHARPNESS = 2;
const INHERITED = ["fill", "stroke", "stroke-width", "font-size", "font-weight", "font-family", "opacity", "text-anchor"];

/** The chart with its looks written into it, since a file knows no style sheet. */
function standalone(chart: SVGSVGElement): { text: string; width: number; height: number } {
  const { width, height } = chart.getBoundingClientRect();
  const copy = chart.cloneNode(true);
  if (!(copy instanceof SVGSVGElement)) throw new Error("a chart is an SVG");
  const shown = [...chart.querySelectorAll("*")];
  for (const [at, part] of [...copy.querySelectorAll("*")].entries()) {
    const original = shown[at];
    if (original) writeStyle(original, part);
  }
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  copy.setAttribute("style", `background:${getComputedStyle(document.body).getPropertyValue("--surface")}`);
  return { text: new XMLSerializer().serializeToString(copy), width, height };
}

function writeStyle(from: Element, to: Element): void {
  const style = getComputedStyle(from);
  to.removeAttribute("class");
  to.removeAttribute("href");
  for (const name of INHERITED) to.setAttribute(name, style.getPropertyValue(name));
}

export function saveSvg(chart: SVGSVGElement, name: string): void {
  saveFile(`${name}.svg`, new Blob([standalone(chart).text], { type: "image/svg+xml" }));
}

export async function savePng(chart: SVGSVGElement, name: string): Promise<void> {
  const { text, width, height } = standalone(chart);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width * SHARPNESS;
  canvas.height = height * SHARPNESS;
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.fillStyle = getComputedStyle(document.body).getPropertyValue("--surface");
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => blob && saveFile(`${name}.png`, blob), "image/png");
}
