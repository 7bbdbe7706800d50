import { saveFile } from "./save-file";

const SHARPNESS = 2;
const INHERITED = ["fill", "stroke", "stroke-width", "font-size", "font-weight", "font-family", "opacity", "text-anchor"];

const MARGIN = 24;
const HEADING = 28;
const SVG = "http://www.w3.org/2000/svg";

/** The chart with its looks written into it, since a file knows no style sheet, and what it shows above it. */
function standalone(chart: SVGSVGElement, caption: string): { text: string; width: number; height: number } {
  const inner = chart.getBoundingClientRect();
  const width = inner.width + 2 * MARGIN;
  const height = inner.height + 2 * MARGIN + HEADING;
  const copy = chart.cloneNode(true);
  if (!(copy instanceof SVGSVGElement)) throw new Error("a chart is an SVG");
  const shown = [...chart.querySelectorAll("*")];
  for (const [at, part] of [...copy.querySelectorAll("*")].entries()) {
    const original = shown[at];
    if (original) writeStyle(original, part);
  }
  copy.setAttribute("xmlns", SVG);
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  copy.setAttribute("viewBox", `${-MARGIN} ${-MARGIN - HEADING} ${width} ${height}`);
  copy.setAttribute("style", `background:${token("--surface")}`);
  copy.prepend(headingOf(caption));
  return { text: new XMLSerializer().serializeToString(copy), width, height };
}

function headingOf(caption: string): SVGTextElement {
  const heading = document.createElementNS(SVG, "text");
  heading.setAttribute("y", String(-HEADING / 2));
  heading.setAttribute("fill", token("--text"));
  heading.setAttribute("font-size", "15px");
  heading.setAttribute("font-weight", "600");
  heading.setAttribute("font-family", getComputedStyle(document.body).fontFamily);
  heading.textContent = caption;
  return heading;
}

function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function writeStyle(from: Element, to: Element): void {
  const style = getComputedStyle(from);
  to.removeAttribute("class");
  to.removeAttribute("href");
  for (const name of INHERITED) to.setAttribute(name, style.getPropertyValue(name));
}

export type Picture = { name: string; caption: string };

export function saveSvg(chart: SVGSVGElement, { name, caption }: Picture): void {
  saveFile(`${name}.svg`, new Blob([standalone(chart, caption).text], { type: "image/svg+xml" }));
}

export async function savePng(chart: SVGSVGElement, { name, caption }: Picture): Promise<void> {
  const { text, width, height } = standalone(chart, caption);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width * SHARPNESS;
  canvas.height = height * SHARPNESS;
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.fillStyle = token("--surface");
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => blob && saveFile(`${name}.png`, blob), "image/png");
}
