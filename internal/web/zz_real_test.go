package web

import (
	"context"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

func TestZZReal(t *testing.T) {
	spec := os.Getenv("REAL")
	if spec == "" {
		t.Skip()
	}
	h := newHouse(t)
	h.settle()
	if os.Getenv("NOSAMPLE") == "" {
		h.post("/setup/sample")
	} else {
		h.post("/distributors/new", "name", "Miyako Medical", "name-ja", "株式会社みやこ", "starts", "4")
		a := h.upload("miyako-medical", map[string]string{"2026年4月売上.csv": strings.ReplaceAll(april, "400000", "4OO,000")})
		t.Log(a.header.Get("Location"))
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath("/usr/bin/chromium"), chromedp.NoSandbox, chromedp.DisableGPU)
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), opts...)
	defer cancel()
	ctx, cancel = chromedp.NewContext(ctx)
	defer cancel()
	chromedp.Do(ctx, chromedp.Navigate(h.url+"/sign-in"))
	_, err := chromedp.Run(ctx, chromedp.Evaluate[int](`fetch("/sign-in",{method:"POST",body:new URLSearchParams({email:"kirsten@nordhaven.example",password:"a quiet morning in Kyoto"})}).then(r=>r.status)`, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		for m, err := range chromedp.Console(ctx) {
			if err != nil {
				return
			}
			println("console", m.Text)
		}
	}()
	_ = runtime.Enable
	for _, s := range strings.Split(spec, ";") {
		f := strings.Fields(s)
		w, _ := strconv.ParseInt(f[2], 10, 64)
		hh, _ := strconv.ParseInt(f[3], 10, 64)
		if err := chromedp.Do(ctx, chromedp.EmulateViewport(w, hh), chromedp.Navigate(h.url+f[0])); err != nil {
			t.Fatal(err)
		}
		if f[4] == "dark" {
			chromedp.Run(ctx, chromedp.Evaluate[string](`document.documentElement.dataset.theme='dark'`))
		}
		if len(f) > 5 {
			if err := chromedp.Do(ctx, chromedp.Click(f[5])); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Second)
		}
		over, err := chromedp.Run(ctx, chromedp.Evaluate[string](`(()=>{const w=document.documentElement.clientWidth;return document.documentElement.scrollWidth+"/"+w+" "+[...document.querySelectorAll("body *")].filter(e=>!e.closest(".scroll,.tabs,.sheets,svg,.vh,.skip")&&e.getBoundingClientRect().right>w+1).slice(0,5).map(e=>e.tagName+"."+e.className).join(" ")})()`))
		if err != nil {
			t.Fatal(err)
		}
		buf, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
		if err != nil {
			t.Fatal(err)
		}
		t.Log(f[1], over)
		os.WriteFile("/tmp/preview/"+f[1]+".png", buf, 0o644)
	}
}
