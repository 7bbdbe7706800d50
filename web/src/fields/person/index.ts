import { toRecord } from "../reference";
import { PersonDisplay } from "./display";

export const person = toRecord("person", { Display: PersonDisplay, linked: false, width: 116 });
