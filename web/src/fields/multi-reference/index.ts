import { MANY_OPERATORS, toRecord } from "../reference";

export const multiReference = toRecord("multi_reference", { operators: MANY_OPERATORS, width: 200 });
