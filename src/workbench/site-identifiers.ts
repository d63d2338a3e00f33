/** What the bottom area of a government site must show (国办发〔2017〕47号), by the key of the agency's site data. */
const required: Readonly<Record<string, string>> = {
  name: '网站名称',
  domain: '网站域名',
  idCode: '网站标识码',
  icp: 'ICP备案编号',
  police: '公安备案编号',
  partyMarkUrl: '党政机关网站标识',
  reportErrorUrl: '网站找错链接',
  host: '主办单位',
  phone: '联系电话',
};

/** Names of the identifiers nobody has entered yet. */
export function missingIdentifiers(site: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(required)
    .filter(([key]) => !site[key]?.trim())
    .map(([, label]) => label);
}
