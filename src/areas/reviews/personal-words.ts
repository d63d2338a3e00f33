import type { PersonalKind } from '../../law/index.ts';
import type { Severity } from './model.ts';

interface PersonalWords {
  label: string;
  severity: Severity;
  explanation: string;
  source: string;
  fix: string;
}

const law = '《政府信息公开条例》第十五条';

/** How personal data in a text to be published are told. */
export const personalWords: Readonly<Record<PersonalKind, PersonalWords>> = {
  'resident-number': {
    label: '公民身份号码',
    severity: 'must-fix',
    explanation: '公民身份号码不得公开，遮蔽后再送审。',
    source: law,
    fix: '遮蔽号码',
  },
  'likely-resident-number': {
    label: '疑似身份证号码',
    severity: 'needs-reason',
    explanation: '像是 15 位的或者录错一位的身份证号码；不是的，说明是什么号码。',
    source: law,
    fix: '遮蔽号码',
  },
  'mobile-number': {
    label: '手机号码',
    severity: 'needs-reason',
    explanation: '个人手机号码不公开；是对外公布的办公电话的，说明理由。',
    source: law,
    fix: '遮蔽号码',
  },
  'bank-card': {
    label: '银行卡号',
    severity: 'needs-reason',
    explanation: '个人银行账号不得公开；是单位对公账户、捐赠账户的，说明理由。',
    source: law,
    fix: '遮蔽号码',
  },
  passport: {
    label: '护照号码',
    severity: 'must-fix',
    explanation: '护照号码不得公开，遮蔽后再送审。',
    source: law,
    fix: '遮蔽号码',
  },
  email: {
    label: '电子邮箱',
    severity: 'hint',
    explanation: '请确认是单位对外公布的邮箱，不是个人邮箱。',
    source: law,
    fix: '遮蔽邮箱名',
  },
  address: {
    label: '疑似家庭住址',
    severity: 'needs-reason',
    explanation: '个人住址不公开；是单位地址的，说明理由。',
    source: law,
    fix: '遮蔽住址',
  },
};
