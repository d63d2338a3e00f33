import type { Borders, Fill, Font } from 'exceljs';

const line = { style: 'thin', color: { argb: 'FF404040' } } as const;
export const frame: Partial<Borders> = { top: line, bottom: line, left: line, right: line };
export const bodyFont: Partial<Font> = { name: '宋体', size: 11 };
export const headFont: Partial<Font> = { name: '黑体', size: 11 };
export const titleFont: Partial<Font> = { name: '黑体' };
export const headFill: Fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFF3F4F6' } };
