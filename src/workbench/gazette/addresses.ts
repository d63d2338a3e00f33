export const DESK = '/workbench/gazette';
export const NEW = `${DESK}/new`;
export const SETTINGS = `${DESK}/settings`;

export const issueAddress = (id: number, rest = ''): string => `${DESK}/${id}${rest}`;
