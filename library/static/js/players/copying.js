// Shows a text to take away, and copies it where the browser lets a page do so.
export async function copied(field, text) {
  field.value = text;
  field.focus();
  field.select();
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
