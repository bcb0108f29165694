"""The door of the app: page set-up, language, navigation. Run with ``streamlit run app.py``."""

import streamlit as st

from evaluator.language import phrase
from evaluator.pages import faults, frame, memory, signing, state
from evaluator.pages.text import say

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
