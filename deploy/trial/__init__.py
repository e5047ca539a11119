"""An image, used as a new operator uses it: python -m deploy.trial, called by deploy/try_image.sh."""
