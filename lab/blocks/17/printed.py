# Production configuration
import os
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.gzip import GZipMiddleware

app = FastAPI(
    title="Book API",
    version="1.0.0",
    docs_url="/docs" if os.getenv("ENVIRONMENT") != "production" else None,
    redoc_url="/redoc" if os.getenv("ENVIRONMENT") != "production" else None
)

# Middleware
app.add_middleware(GZipMiddleware, minimum_size=1000)
app.add_middleware(
    CORSMiddleware,
    allow_origins=["https://yourdomain.com"],
    allow_credentials=True,
    allow_methods=["*"],
    allow_headers=["*"],
)

# Health check endpoint
@app.get("/health")
async def health_check():
    return {"status": "healthy", "timestamp": datetime.utcnow()}

# Startup and shutdown events
@app.on_event("startup")
async def startup_event():
    # Initialize database connections, load ML models, etc.
    await database.connect()

@app.on_event("shutdown")
async def shutdown_event():
    await database.disconnect()

# Run with Gunicorn + Uvicorn workers
# gunicorn main:app -w 4 -k uvicorn.workers.UvicornWorker
