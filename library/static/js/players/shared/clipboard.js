// Shows a text in a field, selected, and copies it where the browser allows that. → whether it was copied
export async function copyText(field, text) {
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
