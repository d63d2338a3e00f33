import { expect, test } from 'vitest';
import { missingIdentifiers } from './site-identifiers.ts';
import { groupTasks } from './tasks-page.tsx';

const task = (title: string, due: string | null, verb = '审核') => ({
  title,
  due,
  verb,
  href: '/workbench',
  detail: '',
});

test('late first, then signatures, then the next three days, then the rest, each by date', () => {
  const groups = groupTasks(
    [
      task('没有期限', null),
      task('下月', '2019-02-10'),
      task('后天', '2019-01-17'),
      task('今天', '2019-01-15'),
      task('待签', '2019-01-31', '签发'),
      task('昨天', '2019-01-14'),
      task('上周待签', '2019-01-08', '签发'),
    ],
    '2019-01-15',
  );
  expect(groups.map(({ title, tasks }) => [title, tasks.map((one) => one.title)])).toEqual([
    ['已逾期', ['上周待签', '昨天']],
    ['等我签发', ['待签']],
    ['今天和近三天', ['今天', '后天']],
    ['其他待办', ['下月', '没有期限']],
  ]);
});

test('nothing to do is no group at all', () => {
  expect(groupTasks([], '2019-01-15')).toEqual([]);
});

test('an identifier of blanks counts as missing', () => {
  const site = {
    partyMarkUrl: 'https://a.cn',
    reportErrorUrl: 'https://b.cn',
    name: '甲',
    domain: 'a.gov.cn',
    icp: ' ',
    police: '乙',
    host: '丙',
    phone: '1',
  };
  expect(missingIdentifiers(site)).toEqual(['网站标识码', 'ICP备案编号']);
});
