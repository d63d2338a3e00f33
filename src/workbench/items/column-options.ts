import type { CatalogueColumn } from '../../areas/catalogue/index.ts';
import type { Option } from '../../ui/index.ts';

/** Columns as choices in the order of their tree, each with the way to it; closed ones only where they are chosen already. */
export function columnOptions(columns: readonly CatalogueColumn[], chosen: number | null = null): Option[] {
  const below = Map.groupBy(columns, ({ parentId }) => parentId);
  const options: Option[] = [];
  const walk = (parent: number | null, path: string, depth: number) => {
    for (const column of below.get(parent) ?? []) {
      const label = path === '' ? column.name : `${path} / ${column.name}`;
      if (column.closedOn === null || column.id === chosen)
        options.push({
          value: String(column.id),
          label: column.closedOn === null ? label : `${label}（已停用）`,
        });
      if (depth < 10) walk(column.id, label, depth + 1);
    }
  };
  walk(null, '', 0);
  return options;
}
