/** A title in marks of a book; those it has itself become the inner ones (GB/T 15834 4.15): `《关于印发〈办法〉的通知》`. */
export function bookTitle(title: string): string {
  return `《${title.replaceAll('《', '〈').replaceAll('》', '〉')}》`;
}
