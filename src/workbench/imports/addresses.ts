export const IMPORTS = '/workbench/imports';

export const importAddress = (id: number, more = ''): string => `${IMPORTS}/${id}${more}`;
