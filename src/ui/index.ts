export { bookTitle } from '../core/book-title.ts';
export {
  Alert,
  Badge,
  Card,
  Chip,
  Empty,
  Facts,
  Light,
  Progress,
  Stat,
  Stats,
  Steps,
  Timeline,
  type Tone,
} from './blocks.tsx';
export { Button, FormActions, LinkButton, Toolbar, UnavailableAct } from './buttons.tsx';
export { Confirm, ConfirmPage } from './confirm.tsx';
export { CountCalendar } from './count-calendar.tsx';
export { Crosswalk } from './crosswalk.tsx';
export {
  CheckboxesField,
  CheckField,
  DateField,
  FileField,
  fieldId,
  type Option,
  RadioField,
  SelectField,
  TextArea,
  TextField,
} from './fields.tsx';
export { ErrorSummary, FieldGroup, Form } from './form.tsx';
export {
  daysLeft,
  formatBytes,
  formatDate,
  formatDateTime,
  formatNearDay,
  formatNumber,
  formatStamp,
  urgency,
} from './format.ts';
export { Icon } from './icon.tsx';
export { KeptFiles } from './kept-files.tsx';
export { Document, type PageLabels } from './layout.tsx';
export { Breadcrumbs, type Crumb, DrawerContent, DrawerLink, FilterLinks, Tabs } from './navigation.tsx';
export { Once } from './once.tsx';
export { type PageContext, usePage } from './page-context.ts';
export type { Answer } from './reply.tsx';
export { ScrollRegion } from './scroll-region.tsx';
export { type Column, Pager, Table } from './table.tsx';
export { UploadList, UploadProgress } from './uploads.tsx';
