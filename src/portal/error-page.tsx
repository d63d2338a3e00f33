import { type ErrorView, ErrorWords } from '../ui/error-page.tsx';
import { PortalPage } from './shell.tsx';

/** A refusal on a public page, with search and navigation around it; a fault or a rush has the bare `ErrorPage`. */
export function PortalErrorPage(view: ErrorView) {
  return (
    <PortalPage title={view.title} heading={false} width="reading">
      <ErrorWords {...view} />
    </PortalPage>
  );
}
