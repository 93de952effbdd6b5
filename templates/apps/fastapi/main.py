import os

import uvicorn
from fastapi import FastAPI

app = FastAPI()


@app.get("/api/status")
def status():
    return {"status": "ok", "message": "Hello from FastAPI"}


if __name__ == "__main__":
    uvicorn.run("main:app", port=int(os.environ.get("PORT", 8000)), reload=True)
