import type { ComponentChildren } from 'preact';

/** Where a form that sends its files with all of its fields shows how far they are: see islands/upload-progress.ts. */
export function UploadProgress({ maxBytes }: { maxBytes?: number }) {
  return <div class="upload-progress" data-upload-progress data-max-bytes={maxBytes} />;
}

/**
 * Where a form whose files are sent one by one lists them: see islands/upload-many.ts. Its children are told only where a
 * script sends them.
 */
export function UploadList({ maxBytes, children }: { maxBytes: number; children?: ComponentChildren }) {
  return (
    <div class="upload-many" data-upload-many data-max-bytes={maxBytes}>
      {children && <p class="help upload-hint">{children}</p>}
      <ol class="upload-list" data-upload-list />
      <p class="upload-summary" role="status" data-upload-summary />
      <p class="visually-hidden" role="status" data-upload-said />
    </div>
  );
}
