/**
 * Passwords of ten characters and more that appear in every published leak, in lower case; shorter ones are refused for
 * their length. `isCommon` also sees them with a few digits or marks added.
 */
const common = `
0123456789 1234567890 12345678910 123456789a 123456789q 1234567891 1234567899 0987654321 9876543210 1122334455
1111111111 0000000000 8888888888 6666666666 1231231231 1234512345 1472583690 7894561230 1357924680 2468013579
11223344556 1029384756 1234qwerasdf 123qweasdzxc 12qwaszx34 1a2b3c4d5e 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc 1qazxsw23edc
1qaz2wsx3edc4rfv qazwsxedcrfv qazwsxedc123 qazwsx123456 qwe123456789 qweasdzxc123 qwer12345678 qwertyuiop qwerty12345
qwerty123456 qwertyuiop123 asdfghjkl1 asdfghjkl123 zxcvbnm123 zxcvbnm1234 zaq12wsxcde3 poiuytrewq asdf123456 asd123456789
abc1234567 abc123456789 abcd123456 abcd1234567 abcde12345 abcdef1234 abcdefghij a123456789 a1234567890 aa12345678
aa123456789 aaa1234567 q123456789 z123456789 w123456789 s123456789 admin12345 admin123456 admin@12345 administrator
adminadmin adminpassword administrator1 changeme123 changeit123 default123 guest12345 iloveyou123 iloveyou1314 letmein123
master12345 p@ssw0rd123 p@ssword123 passw0rd123 password01 password12 password123 password1234 passwordpassword
root123456 rootroot123 secret1234 superadmin superman123 sunshine123 system1234 test123456 test1234567 testtest123
user123456 welcome123 welcome1234 welcome2018 welcome2024 welcome2025 welcome2026 woaini1314 woaini520 woaini1314520
woaini123456 5201314520 52013141314 1314520520 1314521521 7758521521 7758258521 zhang12345 wang123456 liu1234567
li12345678 chen123456 huang12345 beijing2008 beijing2022 china12345 china123456 zhongguo123 zhongguo2018 kunming123
kunming2018 yunnan12345 gaoxin12345 gongkai123 gongkai2018 gongkai123456 xinxigongkai zhengfu123 zhengwu123 bangong123
caonima123 nihao12345 nihao123456 ceshi12345 guanliyuan guanliyuan123 mima123456 yonghu1234 dragon12345 monkey12345
football123 baseball123 princess123 computer123 internet123 samsung123 huawei12345 xiaomi12345 google12345 microsoft1
`
  .trim()
  .split(/\s+/);

const known = new Set(common);

/** Whether a password is in the list, as it is or with marks and up to four further digits at its end. */
export function isCommon(password: string): boolean {
  const lower = password.toLowerCase();
  const bare = lower.replace(/[^\p{L}\p{N}]+$/u, '');
  return known.has(lower) || known.has(bare) || known.has(bare.replace(/\d{1,4}$/, ''));
}
