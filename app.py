"""The door of the app: page set-up, language, navigation. Run with ``streamlit run app.py``.

Streamlit imports this file once, as the server, and runs it as a script at every move of a visit.
"""

import streamlit as st
from starlette.middleware import Middleware

from evaluator.language import phrase
from evaluator.pages import addresses, faults, frame, memory, signing, state
from evaluator.pages.text import say


def show() -> None:
    """Show the page that the visit is on."""
    faults.watch()
    memory.freeze_libraries()
    language = state.begin().language
    st.set_page_config(
        page_title=phrase("pages.title", language),
        page_icon="🌾",
        layout="wide",
        initial_sidebar_state="collapsed",
        menu_items={"About": phrase("pages.about", language)},
    )
    with st.spinner(say("working", language)):
        state.evaluation()
    pages = frame.list_pages(language)
    signing.come_back(pages)
    chosen = st.navigation(list(pages.values()), position="hidden")
    frame.show_header(pages, language)
    frame.show_uploader_words(language)
    chosen.run()
    frame.show_footer(language)
    state.finish()


if __name__ == "__main__":
    show()
else:
    app = st.App(__file__, lifespan=addresses.open_browser, middleware=[Middleware(addresses.PageAddresses)])
