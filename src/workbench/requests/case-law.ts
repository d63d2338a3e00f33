/** An article as people at the desk call it: 《条例》第三十三条 for the Regulation, other statutes without their number. */
export function shortened(cited: string): string {
  return cited
    .replaceAll('《中华人民共和国政府信息公开条例》（国务院令第711号）', '《条例》')
    .replaceAll('《中华人民共和国政府信息公开条例》（国务院令第492号）', '2008年《条例》')
    .replaceAll(/《中华人民共和国([^》]+)》（[^）]*）/g, '《$1》');
}
