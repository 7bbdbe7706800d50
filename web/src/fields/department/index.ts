import { ONE_OPERATORS, toRecord } from "../reference";

export const department = toRecord("department", { operators: [...ONE_OPERATORS, "under"], width: 128 });
