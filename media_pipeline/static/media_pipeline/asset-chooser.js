// The field of a file shows the picture of the file that was chosen.
class AssetChooser extends window.Chooser {
  initHTMLElements(id) {
    super.initHTMLElements(id);
    this.picture = this.chooserElement.querySelector("[data-chooser-image]");
    this.icon = this.chooserElement.querySelector(".chooser__preview");
  }

  getStateFromHTML() {
    const state = super.getStateFromHTML();
    if (state) state.picture = this.picture.getAttribute("src");
    return state;
  }

  renderState(state) {
    super.renderState(state);
    this.picture.setAttribute("src", state.picture ?? "");
    this.picture.hidden = !state.picture;
    this.icon.hidden = Boolean(state.picture);
  }
}

window.AssetChooser = AssetChooser;
