/** The only door to the component library, the colours and the spacing. */
export {
  AutoComplete,
  Button,
  Checkbox,
  DatePicker,
  Drawer,
  Input,
  InputNumber,
  Mentions,
  Modal,
  Progress,
  Radio,
  Rate,
  Segmented,
  Select,
  Spin,
  Steps,
  Switch,
  Table,
  Tabs,
  Tooltip,
  TreeSelect,
  Upload,
} from "antd";
export * from "./icons";
export { Amount } from "./amount";
export { exactAmount, shortAmount } from "./amount-text";
export { Avatar, Person, initials } from "./avatar";
export { Check } from "./check";
export { Countdown, Ring, urgencyOf, type Urgency } from "./countdown";
export { useNow } from "./now";
export { Menu, type MenuItem } from "./menu";
export { ObjectIcon } from "./object-icon";
export { Pop } from "./pop";
export {
  setDensity,
  setRail,
  setTheme,
  usePhone,
  usePreferences,
  type Density,
  type Theme,
} from "./preferences";
export { RelayTrack } from "./relay-track";
export { SearchField } from "./search-field";
export { SidePanel } from "./side-panel";
export { Bone, CardSkeleton, LineSkeleton, ListSkeleton, RecordSkeleton } from "./skeleton";
export { SmallTrack } from "./small-track";
export { EmptyState, ErrorState, NoPermission, useErrorText } from "./states";
export { Tag, type Tone } from "./tag";
export { Time } from "./time";
export { duration, exactTime, relativeTime, workingTime } from "./time-text";
export { Toggle } from "./toggle";
export { toast, undoLast } from "./toast-store";
