/** One import of one file by another; `type` is erased before the program runs. */
export interface Import {
  from: string;
  /** A path of this checkout, or the name of a package. */
  to: string;
  kind: 'value' | 'type';
}

interface Rule {
  from: RegExp;
  except?: RegExp;
  to: RegExp;
  /** Accepted all the same; `$1` stands for the first group of `from`. */
  allowed?: string;
  /** Imports of types are judged as well. */
  types?: boolean;
  instead: string;
}

const FACES = '^src/(portal|workbench|api)/';

/** The import directions of CONTRIBUTING.md, each with what to do instead. */
const rules: readonly Rule[] = [
  {
    from: /^src\/(?!areas\/)/,
    to: /^src\/areas\/[^/]+\//,
    allowed: '^src/areas/[^/]+/(index|schema)\\.ts$',
    instead: 'an area is entered by its front door: import its index.ts, and export there what it lacks',
  },
  {
    from: /^src\/areas\/([^/]+)\//,
    to: /^src\/areas\/[^/]+\//,
    allowed: '^src/areas/($1/|[^/]+/(index|schema)\\.ts$)',
    instead: 'an area uses another through its index.ts; export there what it lacks',
  },
  {
    from: /^src\/(areas|annual-report|portal|workbench|api)\//,
    except: /[-/](store|figures|evidence|schema)\.ts$/,
    to: /^(kysely|pg)$/,
    instead: 'only store.ts and figures.ts speak SQL: write a named function there and call it',
  },
  {
    from: /^src\/.*[-/]rules\.ts$/,
    to: /[-/](store|actions|jobs|figures)\.ts$|^src\/core\/(db|files|mail|jobs|log|migrations|database-server|embedded-postgres)|^src\/ledger\/|^(node:)?(fs|net|http|https|child_process)|^(kysely|pg|pg-boss|nodemailer|fastify)$/,
    instead: 'rules wait for nothing and write nothing: take it as an argument and let actions.ts load it',
  },
  {
    from: /^src\/law\//,
    to: /./,
    allowed: '^(src/law/|src/core/refusal\\.ts$|temporal-polyfill$|node:crypto$)',
    instead: 'law/ takes dates and calendars in and gives decisions out: pass what it needs as an argument',
  },
  {
    from: /^src\/core\//,
    to: /^src\/(areas|annual-report|ledger|portal|workbench|api|ui|bin)\/|^src\/app\.ts$/,
    types: true,
    instead: 'core/ serves every area and knows none: move the code to its area or take it as an argument',
  },
  {
    from: /^src\/ledger\//,
    to: /^src\/(areas|annual-report|portal|workbench|api|ui|bin)\/|^src\/app\.ts$/,
    types: true,
    instead: 'the ledger records what it is given: take it as an argument',
  },
  {
    from: /^src\/(areas|annual-report)\//,
    to: /^src\/(portal|workbench|api|ui|bin)\/|^src\/app\.ts$/,
    instead: 'what an area does must not depend on who shows it: move the shared part into the area',
  },
  {
    from: new RegExp(FACES),
    to: /^src\/(?!areas\/).*[-/](store|actions)\.ts$/,
    allowed: '^src/$1/',
    instead: "a face never reads tables itself: call a function of the area's index.ts",
  },
  {
    from: new RegExp(FACES),
    to: new RegExp(FACES),
    allowed: '^src/$1/',
    instead: 'portal, workbench and API do not import one another: shared parts of pages live in ui/',
  },
  {
    from: /^src\/ui\//,
    to: /^src\/(areas|annual-report|ledger|portal|workbench|api|bin)\/|^src\/app\.ts$/,
    instead: 'ui/ draws what it is given: pass data as properties',
  },
  {
    from: /^src\//,
    to: /^(tests|bench|scripts)\/|\.test\.tsx?$/,
    types: true,
    instead: 'the program never imports tests or benches: move the shared part into src/',
  },
];

/** One sentence per import that goes the wrong way, and one per circle. */
export function wrongWays(imports: readonly Import[]): string[] {
  const program = imports.filter(({ from }) => !/\.test\.tsx?$/.test(from));
  const sentences = program.flatMap((found) =>
    rules.filter((rule) => breaks(found, rule)).map((rule) => `${found.from} → ${found.to}: ${rule.instead}`),
  );
  return [...sentences, ...circles(program.filter(({ kind }) => kind === 'value'))];
}

function breaks({ from, to, kind }: Import, rule: Rule): boolean {
  if (kind === 'type' && !rule.types) return false;
  const match = rule.from.exec(from);
  if (!match || rule.except?.test(from) || !rule.to.test(to)) return false;
  return !(rule.allowed && new RegExp(rule.allowed.replaceAll('$1', match[1] ?? '')).test(to));
}

function circles(imports: readonly Import[]): string[] {
  const next = Map.groupBy(imports, ({ from }) => from);
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (file: string, path: string[]) => {
    const start = path.indexOf(file);
    if (start >= 0) {
      const circle = [...path.slice(start), file].join(' → ');
      found.push(`${circle}: a circle; move what both need into a third file or pass it as an argument`);
      return;
    }
    if (done.has(file)) return;
    for (const { to } of next.get(file) ?? []) walk(to, [...path, file]);
    done.add(file);
  };
  for (const file of next.keys()) walk(file, []);
  return found;
}
