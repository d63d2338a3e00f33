/** What somebody tells at the counter, as the form that registers a request carries it; `submissionKey` is the caller's. */
export const aRegistration = {
  source: 'oral',
  submittedOn: '2024-03-11',
  kind: 'natural-person',
  name: '赵美兰',
  identityKind: 'resident',
  identityNumber: '530102199003078675',
  phone: '13888001234',
  address: '昆明市五华区人民路1号',
  title: '2023年城市更新项目清单',
  content: '高新区2023年度列入城市更新计划的项目名称、位置和投资额',
  wantedForm: 'paper',
  deliveryWay: 'post',
};
