FROM python:3.13-slim
WORKDIR /srv/evaluator
COPY requirements.txt .
RUN pip install -q --no-cache-dir --require-hashes -r requirements.txt
COPY . .
USER nobody
EXPOSE 8501
CMD ["streamlit", "run", "asgi.py", "--server.address", "0.0.0.0", "--server.port", "8501"]
