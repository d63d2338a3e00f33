/** Marks a parameter in the document that the framework takes as optional and the operation demands. */
export const REQUIRED = 'x-required';

interface Parameter {
  name: string;
  in: string;
  required: boolean;
  description: string;
}

export interface Operation {
  method: string;
  path: string;
  summary: string;
  tag: string;
  parameters: Parameter[];
}

type Paths = Record<string, Record<string, unknown> | undefined>;

export interface OperationGroup {
  group: string;
  operations: Operation[];
}

/** The operations of an OpenAPI document, by group in the document's order. */
export function operationsOf(document: object): OperationGroup[] {
  const { paths = {}, tags = [] } = document as {
    paths?: Paths;
    tags?: { name: string; description?: string }[];
  };
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods ?? {}).map(([method, operation]) => toOperation(path, method, operation)),
  );
  return tags.map(({ name, description }) => ({
    group: description ?? name,
    operations: all.filter(({ tag }) => tag === name),
  }));
}

function toOperation(path: string, method: string, operation: unknown): Operation {
  const { summary, tags, parameters } = operation as {
    summary?: string;
    tags?: string[];
    parameters?: (Partial<Parameter> & { schema?: { description?: string; [REQUIRED]?: boolean } })[];
  };
  return {
    method: method.toUpperCase(),
    path,
    summary: summary ?? '',
    tag: tags?.[0] ?? '',
    parameters: (parameters ?? []).map((parameter) => ({
      name: parameter.name ?? '',
      in: parameter.in ?? '',
      required: parameter.required === true || parameter.schema?.[REQUIRED] === true,
      description: parameter.description ?? parameter.schema?.description ?? '',
    })),
  };
}
