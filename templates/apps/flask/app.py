import os

from flask import Flask, jsonify

app = Flask(__name__)


@app.get("/api/status")
def status():
    return jsonify(status="ok", message="Hello from Flask")


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", 8000)), debug=True)
