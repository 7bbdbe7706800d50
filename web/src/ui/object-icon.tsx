import * as icons from "./icons";

/** The names a blueprint may give an object's icon. */
const ICONS = {
  activity: icons.CommentOutlined,
  aim: icons.AimOutlined,
  apartment: icons.ApartmentOutlined,
  appstore: icons.AppstoreOutlined,
  bank: icons.BankOutlined,
  building: icons.BankOutlined,
  calendar: icons.CalendarOutlined,
  campaign: icons.FlagOutlined,
  "check-square": icons.CheckSquareOutlined,
  chart: icons.BarChartOutlined,
  comment: icons.CommentOutlined,
  contact: icons.ContactsOutlined,
  contacts: icons.ContactsOutlined,
  file: icons.FileOutlined,
  filter: icons.FilterOutlined,
  flag: icons.FlagOutlined,
  funnel: icons.FunnelPlotOutlined,
  inbox: icons.InboxOutlined,
  message: icons.CommentOutlined,
  notification: icons.NotificationOutlined,
  megaphone: icons.FlagOutlined,
  opportunity: icons.FunnelPlotOutlined,
  phone: icons.PhoneOutlined,
  product: icons.ShoppingOutlined,
  shopping: icons.ShoppingOutlined,
  tag: icons.TagsOutlined,
  target: icons.AimOutlined,
  task: icons.CheckSquareOutlined,
  team: icons.TeamOutlined,
  trophy: icons.TrophyOutlined,
  user: icons.UserOutlined,
};

function isKnown(name: string): name is keyof typeof ICONS {
  return name in ICONS;
}

export function ObjectIcon({ name }: { name: string }) {
  const Icon = isKnown(name) ? ICONS[name] : icons.FileOutlined;
  return <Icon aria-hidden="true" />;
}
