#!/bin/sh
# The permit paused at each screen: paused_anywhere.sh with the other item.
exec sh tests/e2e/paused_anywhere.sh residence-permit
