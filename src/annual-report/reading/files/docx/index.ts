import type { Container } from '../../../../core/spreadsheet/container.ts';
import { parseXml, readXml } from '../../../../core/spreadsheet/xml.ts';
import type { Flow } from '../flow.ts';
import type { Budget } from '../limits.ts';
import { Numbering } from './numbering.ts';
import { DocumentReader } from './reader.ts';

/** Reads the body of a Word document into the flow and tells how many pictures and embedded objects it holds. */
export async function readWord(
  container: Container,
  flow: Flow,
  budget: Budget,
): Promise<{ images: number; embedded: number }> {
  const reader = new DocumentReader(flow, await Numbering.read(container), budget);
  for await (const _ of parseXml(await container.read('word/document.xml'), {
    open: (name, attributes) => reader.open(name, attributes),
    text: (text) => reader.text(text),
    close: (name) => reader.close(name),
  })) {
    budget.time();
  }
  return reader;
}

/** The title among the properties of an Office file; '' when there is none. */
export async function titleOf(container: Container): Promise<string> {
  if (!container.names.has('docProps/core.xml')) return '';
  let title = '';
  let inside = false;
  await readXml(await container.read('docProps/core.xml'), {
    open: (name) => {
      inside = name === 'title';
    },
    text: (text) => {
      if (inside && title.length < 1000) title += text;
    },
    close: () => {
      inside = false;
    },
  });
  return title;
}
