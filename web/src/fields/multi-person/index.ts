import { PersonDisplay } from "../person/display";
import { MANY_OPERATORS, toRecord } from "../reference";

export const multiPerson = toRecord("multi_person", { Display: PersonDisplay, linked: false, operators: MANY_OPERATORS, width: 176 });
