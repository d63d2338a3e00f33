export const CHANNELS = '/workbench/channels';
export const ACCOUNTS = `${CHANNELS}/accounts`;
export const CALENDAR = `${CHANNELS}/calendar`;
export const IMPORT = `${CHANNELS}/import`;
export const NEW_POST = `${CHANNELS}/posts/new`;

export const postAddress = (id: number, more = ''): string => `${CHANNELS}/posts/${id}${more}`;
export const accountAddress = (id: number, more = ''): string => `${ACCOUNTS}/${id}${more}`;
