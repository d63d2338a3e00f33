import { registerLabels } from '../../ledger/index.ts';

export { loadDictionary } from './dictionary.ts';
export {
  type DictionaryFilter,
  dictionaryWord,
  dictionaryWords,
  dropWord,
  exportWords,
  importWords,
  type ShownEntry,
  saveWord,
  switchWord,
  tryWords,
  wordHeadings,
} from './dictionary-actions.ts';
export { type EntryForm, entryFields, formOfEntry } from './entry-rules.ts';
export { type Choice, putRight } from './fixes.ts';
export { reviewJobs } from './jobs.ts';
export { type InsidePage, insidePage } from './link-rules.ts';
export { deadLinks, linksOf, noteLinks } from './links.ts';
export * from './model.ts';
export { heldBack, holdsBack, type Judged, judged } from './rules.ts';
export { scan } from './scan.ts';
export type { ScanFacts } from './spots.ts';

registerLabels({
  acts: {
    'dictionaries.add': '词典增加词语',
    'dictionaries.change': '修改词典词语',
    'dictionaries.switch-on': '启用词典词语',
    'dictionaries.switch-off': '停用词典词语',
    'dictionaries.remove': '删除词典词语',
    'dictionaries.restore': '恢复词典词语的原设置',
    'dictionaries.import': '导入词典',
  },
  subjects: {
    'dictionary-entry': {
      label: '词典词语',
      href: (id) => `/workbench/dictionaries/words/${encodeURIComponent(id)}`,
    },
    dictionary: { label: '内容检查词典', href: () => '/workbench/dictionaries' },
  },
  fields: {
    wrong: '错误写法',
    right: '正确写法',
    near: '附近须有',
    notNear: '附近不得有',
    exceptions: '含有它的正确用法',
    severity: '程度',
    finding: '检查发现',
    added: '增加',
    changed: '修改',
  },
});
