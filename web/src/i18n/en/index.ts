import auth from "./auth.json";
import board from "./board.json";
import admin from "./admin.json";
import common from "./common.json";
import fields from "./fields.json";
import filters from "./filters.json";
import home from "./home.json";
import insight from "./insight.json";
import intake from "./intake.json";
import list from "./list.json";
import record from "./record.json";
import relay from "./relay.json";
import security from "./security.json";
import shell from "./shell.json";

export const catalogue = {
  admin,
  auth,
  board,
  common,
  fields,
  filters,
  home,
  insight,
  intake,
  list,
  record,
  relay,
  security,
  shell,
};
