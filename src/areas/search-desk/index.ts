import { registerLabels } from '../../ledger/index.ts';

export {
  addSynonyms,
  changeSynonyms,
  handleMiss,
  removeSynonyms,
  reopenMiss,
  type StandardGroup,
  type SynonymDesk,
  synonymDesk,
  useStandardSynonyms,
} from './actions.ts';

registerLabels({
  acts: {
    'search.add-synonyms': '新增同义词',
    'search.change-synonyms': '修改同义词',
    'search.remove-synonyms': '删除同义词',
    'search.use-standard-synonyms': '恢复内置同义词',
    'search.leave-out-synonyms': '停用内置同义词',
    'search.handle-miss': '处理无结果检索',
    'search.reopen-miss': '重新处理无结果检索',
  },
  subjects: {
    synonyms: { label: '同义词', href: () => '/workbench/search-desk/synonyms' },
    'search-miss': { label: '无结果检索', href: () => '/workbench/search-desk' },
  },
  fields: { words: '词', times: '次数' },
});
