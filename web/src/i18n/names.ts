/** Each language in its own words, whatever language is spoken now. */
export const LANGUAGE_NAMES = { zh: "中文", en: "English" };
