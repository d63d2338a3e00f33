import { prefectureCities } from './prefecture-cities.ts';

/**
 * Whether a body may make 规章, as far as its name tells: ministries, and the governments of provinces, autonomous regions,
 * municipalities, cities divided into districts and autonomous prefectures (《立法法》第九十一条、第九十三条).
 */
export type RuleMaking = 'may' | 'may-not' | 'unclear';

export function ruleMakingOf(agency: string | null): RuleMaking {
  const name = (agency ?? '').replace(/[\s（(].*$/u, '').replace(/\d{4}年.*$/u, '');
  if (name === '') return 'unclear';
  if (/^(?:中华人民共和国|国家|中国|国务院)/u.test(name))
    return /(?:省|市(?!场)|自治区|州|县|区).*局$/u.test(name) ? 'may-not' : 'may';
  if (/(?:管理委员会|管委会|开发区|高新区|园区|示范区|度假区|保税区|经开区)$/u.test(name)) return 'may-not';
  if (/(?:街道|街道办事处|镇|乡|苏木|民族乡)(?:人民政府)?$|(?:镇|乡|街道)(?:人民)?政府$/u.test(name))
    return 'may-not';
  // The office reports for itself as often as for its government.
  if (/(?:人民)?政府(?:办公厅|办公室)$/u.test(name))
    return governmentOf(name.replace(/(?:人民)?政府(?:办公厅|办公室)$/u, '')) === 'may-not'
      ? 'may-not'
      : 'unclear';
  if (
    /(?:局|厅|委|委员会|办公室|办公厅|处|中心|队|所|站|院|馆|公司|学校|学院|大学|医院|法院|检察院|分局|海关|税务局)$/u.test(
      name,
    )
  )
    return 'may-not';
  if (/公署$/u.test(name)) return 'unclear';
  return governmentOf(name.replace(/(?:人民)?政府$/u, ''));
}

function governmentOf(place: string): RuleMaking {
  if (/(?:省|自治区|自治州)$/u.test(place)) return 'may';
  if (/(?:县|旗|林区|特区)$/u.test(place)) return 'may-not';
  if (/区$/u.test(place)) return /地区$/u.test(place) ? 'unclear' : 'may-not';
  if (!/市$/u.test(place)) return 'unclear';
  const own = place.replace(/^.*(?:省|自治区|维吾尔自治区)/u, '');
  if (prefectureCities.has(own.slice(0, -1))) return 'may';
  // A city within a city or prefecture is of county level: 苏州市昆山市, 大理州大理市.
  return /[市州盟].+市$/u.test(own) ? 'may-not' : 'unclear';
}
