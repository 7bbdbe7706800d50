import { file } from "../file";

export const image = { ...file, type: "image" };
