import type { Readable } from 'node:stream';
import { SaxesParser } from 'saxes';
import { damaged } from './container.ts';
import { UnreadableFile } from './limits.ts';

/** What one part of a workbook tells its reader; names come without their prefix. */
export interface XmlEvents {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/**
 * Feeds a part through the parser piece by piece and yields after each piece, so that the caller may hand on what it has.
 * A document type declaration is refused: workbooks have none, and entities are how XML is made to explode.
 */
export async function* parseXml(part: Readable, events: XmlEvents): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false });
  let fault: Error | null = null;
  parser.on('error', () => {
    fault ??= damaged();
  });
  parser.on('doctype', () => {
    fault ??= new UnreadableFile(
      'damaged',
      '文件内含不允许的声明，已拒绝打开。请在 Excel 或 WPS 中打开后另存为 .xlsx。',
    );
  });
  if (events.open) {
    parser.on('opentag', (tag) => events.open?.(local(tag.name), tag.attributes as Record<string, string>));
  }
  if (events.text) {
    parser.on('text', events.text);
    parser.on('cdata', events.text);
  }
  if (events.close) parser.on('closetag', (tag) => events.close?.(local(tag.name)));

  part.setEncoding('utf8');
  try {
    for await (const chunk of part) {
      parser.write(chunk as string);
      if (fault) throw fault;
      yield;
    }
    parser.close();
  } catch (error) {
    throw error instanceof UnreadableFile ? error : damaged();
  } finally {
    part.destroy();
  }
  if (fault) throw fault;
}

/** Reads a whole part. */
export async function readXml(part: Readable, events: XmlEvents): Promise<void> {
  for await (const _ of parseXml(part, events));
}

function local(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}
